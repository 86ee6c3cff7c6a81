//! Whose figures a public page withholds: a share of one or two people says something of each.

use crate::indicators::catalogue::Scope;
use crate::indicators::figure::{Figure, Part};

/// Shares of fewer people are never published, whatever `privacy.min_group` says: official
/// statistics call data on fewer than three confidential.
pub(super) const LEAST_GROUP: u64 = 3;

/// The smallest group whose share is shown.
pub(super) fn least_group(min_group: u32) -> u64 {
    u64::from(min_group).max(LEAST_GROUP)
}

/// For each part of a figure, whether it is withheld. Where those that are too small could be told
/// from the municipality's figure and the rest, the next smallest goes with them.
pub(super) fn withheld(figure: &Figure, min_group: u32) -> Vec<bool> {
    let parts = figure.parts.as_deref().unwrap_or_default();
    // Organisations and teams are no people.
    if matches!(figure.definition.scope, Scope::Schools | Scope::Teams) {
        return vec![false; parts.len()];
    }
    let size = |part: &Part| part.denominator.unwrap_or(u64::MAX);
    let sizes: Vec<u64> = parts.iter().map(size).collect();
    too_small(&sizes, least_group(min_group))
}

/// Which groups of these sizes are withheld where each must have at least so many people, and what is
/// withheld must not be told from the sum and the rest.
pub(super) fn too_small(sizes: &[u64], least: u64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&place| sizes[place]);
    let mut hidden = vec![false; sizes.len()];
    let (mut groups, mut people) = (0_u64, 0_u64);
    for place in order {
        let size = sizes[place];
        let told_by_the_rest = groups > 0 && (groups < 2 || people < least);
        if size >= least && !told_by_the_rest {
            break;
        }
        hidden[place] = true;
        groups += 1;
        people = people.saturating_add(size);
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::figure_with_parts;
    use super::{too_small, withheld};

    #[test]
    fn the_share_of_one_or_two_people_is_never_published() {
        let figure = figure_with_parts("4.1.2.2", &[(1, 2), (1, 1), (2, 3)]);
        assert_eq!(withheld(&figure, 0), [true, true, false]);
    }

    #[test]
    fn what_is_withheld_is_not_told_by_the_sum_and_the_rest() {
        assert_eq!(too_small(&[10, 1, 5], 3), [false, true, true]);
        assert_eq!(too_small(&[10, 3, 5], 3), [false, false, false]);
    }

    #[test]
    fn the_setting_hides_larger_groups_too() {
        let figure = figure_with_parts("4.1.2.1", &[(1, 4), (1, 4), (4, 5)]);
        assert_eq!(withheld(&figure, 5), [true, true, false]);
        assert_eq!(withheld(&figure, 4), [false, false, false]);
    }

    #[test]
    fn what_is_hidden_cannot_be_told_by_subtraction() {
        // The one of 2 alone would be the municipality's figure less the others.
        let figure = figure_with_parts("4.1.2.2", &[(1, 2), (9, 12), (3, 7)]);
        assert_eq!(withheld(&figure, 0), [true, false, true]);
        // Two of one person each are still fewer than three people.
        let figure = figure_with_parts("4.1.2.2", &[(1, 1), (9, 12), (0, 1), (3, 7)]);
        assert_eq!(withheld(&figure, 0), [true, false, true, true]);
    }

    #[test]
    fn organisations_are_no_people() {
        let figure = figure_with_parts("4.1.3.5", &[(1, 1), (0, 1)]);
        assert_eq!(withheld(&figure, 10), [false, false]);
    }
}
