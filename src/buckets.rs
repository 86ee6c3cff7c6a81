//! Things put in numbered buckets and kept close together: two arrays in place of a list for each.

/// The contents of each bucket, in the order they were given.
#[derive(Clone, Debug)]
pub struct Buckets<T> {
    starts: Vec<u32>,
    things: Vec<T>,
}

impl<T> Default for Buckets<T> {
    fn default() -> Self {
        Self {
            starts: Vec::new(),
            things: Vec::new(),
        }
    }
}

impl<T: Copy> Buckets<T> {
    /// Puts things in so many buckets, each with the number of its bucket. What belongs to none of
    /// them is not kept.
    pub fn new(buckets: usize, things: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        let mut starts = vec![0u32; buckets + 1];
        let mut fill = None;
        for (bucket, thing) in things.clone() {
            if bucket < buckets {
                starts[bucket + 1] += 1;
                fill = Some(thing);
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let total = starts.last().map_or(0, |&total| total as usize);
        let mut kept: Vec<T> = fill.map_or_else(Vec::new, |thing| vec![thing; total]);
        let mut next = starts.clone();
        for (bucket, thing) in things {
            if bucket < buckets {
                kept[next[bucket] as usize] = thing;
                next[bucket] += 1;
            }
        }
        Self {
            starts,
            things: kept,
        }
    }

    /// What is in a bucket; nothing where there is no such bucket.
    #[must_use]
    pub fn of(&self, bucket: usize) -> &[T] {
        match (self.starts.get(bucket), self.starts.get(bucket + 1)) {
            (Some(&from), Some(&to)) => &self.things[from as usize..to as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Buckets;

    #[test]
    fn each_bucket_keeps_its_own_in_order() {
        let things = [(2, 'а'), (0, 'б'), (2, 'в'), (9, 'г')];
        let buckets = Buckets::new(3, things.into_iter());
        assert_eq!(buckets.of(0), ['б']);
        assert!(buckets.of(1).is_empty());
        assert_eq!(buckets.of(2), ['а', 'в']);
        assert!(buckets.of(9).is_empty());
    }
}
