#include "core/data/case_store.h"

namespace modascope {

CaseStore::CaseStore(std::vector<CaseInfo> cases, Vec3 spacing, Preprocessing how,
                     std::size_t budget)
    : cases_(std::move(cases)), spacing_(spacing), how_(how), budget_(budget) {}

std::shared_ptr<const PreparedCase> CaseStore::get(std::size_t index) {
  recent_.remove(index);
  recent_.push_front(index);
  auto& slot = prepared_[index];
  if (!slot) {
    slot = std::make_shared<const PreparedCase>(prepare(readCase(cases_[index]), spacing_, how_));
    bytes_ += slot->bytes();
  }
  const auto wanted = slot;
  makeRoom();
  return wanted;
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
