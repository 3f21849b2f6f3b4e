#include "core/cohort/splits/patients.h"

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

#include "core/base/error.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

/// std::regex recurses with the length of the text.
constexpr std::size_t kLongestId = 256;

std::regex ofIds(const char* pattern) {
  return std::regex(pattern, std::regex::ECMAScript | std::regex::icase | std::regex::optimize);
}

/// Each with the patient as its group; the first that matches decides.
const std::array<std::regex, 6>& volumePatterns() {
  static const std::array<std::regex, 6> patterns{
      ofIds(R"((BraTS-[a-z]+-\d+)-\d+)"),      // BraTS 2023 and 2024: the time point is last
      ofIds(R"((Brats1[78]_.+)_\d+)"),         // BraTS 2017 and 2018
      ofIds(R"((brats_\w*pat\d+)_\d+)"),       // BraTS 2013 to 2015
      ofIds(R"((UPENN-GBM-\d+)_\d+)"),         // 11 before, 21 after the operation
      ofIds(R"((sub-[a-z0-9]+)(?:[_/].*)?)"),  // BIDS
      ofIds(R"((.+?)[-_. /](?:ses|session|tp|timepoint|visit|week|month|fu|follow-?up))"
            R"([-_]?\d+.*)")};
  return patterns;
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

/// "dia3_utt12" → "dia3_utt"
std::string_view withoutNumber(std::string_view text) {
  while (!text.empty() && isDigit(text.back())) text.remove_suffix(1);
  return text;
}

/// What stands before `mark` and a number at the end; the whole if nothing does.
std::string_view before(std::string_view mark, std::string_view id) {
  const std::string_view head = withoutNumber(id);
  const bool marked = head.size() < id.size() && head.ends_with(mark) && head.size() > mark.size();
  return marked ? head.substr(0, head.size() - mark.size()) : id;
}

/// "id#2" is a repeated id; "video[3]" is of CMU's sequences, "video$_$3" of MMSA's files,
/// "<11 characters>_3" a segment of a YouTube video, "dia3_utt12" of MELD, "Ses01F_impro01_F000" of
/// IEMOCAP, whose two speakers share a session.
std::string speakerOf(std::string_view id) {
  constexpr std::size_t kYouTube = 11;
  id = before("#", id);
  if (id.ends_with(']') && before("[", id.substr(0, id.size() - 1)).size() < id.size() - 1)
    return std::string(before("[", id.substr(0, id.size() - 1)));
  for (const std::string_view mark : {"$_$", "_utt"})
    if (before(mark, id).size() < id.size()) return std::string(before(mark, id));
  if (before("_", id).size() == kYouTube) return std::string(id.substr(0, kYouTube));
  if (id.starts_with("Ses") && id.size() > 7 && isDigit(id[3]) && isDigit(id[4]) && id[6] == '_')
    return std::string(id.substr(0, 5));
  return std::string(id);
}

std::string patientIn(const std::string& id) {
  std::smatch match;
  for (const std::regex& pattern : volumePatterns())
    if (std::regex_match(id, match, pattern)) return match[1];
  return id;
}

}  // namespace

struct PatientRule::Pattern {
  std::regex regex;
};

PatientRule::PatientRule(const std::string& words) : words_(words) {
  if (words == "auto" || words == "case") return;
  try {
    pattern_ = std::make_shared<const Pattern>(Pattern{std::regex(words)});
  } catch (const std::regex_error&) {
  }
  if (pattern_ == nullptr || pattern_->regex.mark_count() != 1)
    throw Error("data.patient is " + inQuotes(words) +
                "; it must be auto, case, or a regular expression with one group, such as "
                "(.*)_[0-9]+.");
}

std::string PatientRule::patientOf(const std::string& id, Task task) const {
  if (words_ == "case" || id.size() > kLongestId) return id;
  if (pattern_ != nullptr) {
    std::smatch match;
    return std::regex_match(id, match, pattern_->regex) && match[1].length() > 0 ? match[1].str()
                                                                                 : id;
  }
  switch (factsOf(task).data) {
    case DataKind::Volumes:
      return patientIn(id);
    case DataKind::Features:
      return speakerOf(id);
    case DataKind::Pictures:
      break;  // a scene is one picture
  }
  return id;
}

}  // namespace modascope
