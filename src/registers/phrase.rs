//! stub
use std::collections::BTreeMap; use super::RegisterId;
#[derive(Clone,Copy,PartialEq,Eq,Debug)] pub enum Reading<T>{Empty,Known(T),Unknown}
#[derive(Clone,Copy,PartialEq,Eq,Debug)] pub enum DiagnosticsStatus{Done,NotDone}
#[derive(Clone,Copy,PartialEq,Eq,Debug)] pub enum CourseStatus{Done,NotDone,Absent}
#[derive(Clone,Copy,PartialEq,Eq,Debug)] pub enum IomStatus{Draft,Active,Done,Failed}
#[derive(Clone,Copy,PartialEq,Eq,Debug)] pub enum MeasureStatus{Done,Active,Planned}
#[derive(Clone,Copy,PartialEq,Eq,Debug)] pub enum AnswerMeaning{Positive,Neutral,Negative,Undecided,Absent}
pub struct Levels{pub regional:bool,pub federal:bool} impl Levels{pub fn is_unknown(&self)->bool{false}}
pub struct Phrases; impl Phrases{ pub fn new(_:&BTreeMap<String,BTreeMap<String,String>>)->Result<Self,String>{Ok(Self)} pub fn diagnostics(&self,_:&str)->Reading<DiagnosticsStatus>{Reading::Empty} pub fn courses(&self,_:&str)->Reading<CourseStatus>{Reading::Empty} pub fn ioms(&self,_:&str)->Reading<IomStatus>{Reading::Empty} pub fn measures(&self,_:&str)->Reading<MeasureStatus>{Reading::Empty} pub fn answer(&self,_:&str)->Reading<AnswerMeaning>{Reading::Empty} pub fn is_whole_answer(&self,_:&str)->bool{false} pub fn nearest(&self,_:RegisterId,_:&str)->Option<&str>{None} pub fn levels(&self,_:&str)->Levels{Levels{regional:false,federal:false}}}
