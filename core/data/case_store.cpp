#include "core/data/case_store.h"

namespace modascope {

CaseStore::CaseStore(std::vector<CaseInfo> cases, Vec3 spacing, Preprocessing how,
                     std::size_t budget)
    : cases_(std::move(cases)), spacing_(spacing), how_(how), budget_(budget) {}

std::shared_ptr<const LabelledCase> CaseStore::get(std::size_t index) {
  auto known = prepared_.find(index);
  if (known == prepared_.end()) {
    known = prepared_.emplace(index, read(cases_[index])).first;
    bytes_ += known->second->bytes();
  }
  recent_.remove(index);
  recent_.push_front(index);
  const auto wanted = known->second;
  makeRoom();
  return wanted;
}

std::shared_ptr<const LabelledCase> CaseStore::read(const CaseInfo& info) const {
  const LabelledPatient patient(readCase(info));
  if (check_) check_(info);
  return std::make_shared<const LabelledCase>(prepare(patient, spacing_, how_));
}

void CaseStore::makeRoom() {
  while (bytes_ > budget_ && recent_.size() > 1) {
    const auto oldest = prepared_.find(recent_.back());
    bytes_ -= oldest->second->bytes();
    prepared_.erase(oldest);
    recent_.pop_back();
  }
}

}  // namespace modascope
