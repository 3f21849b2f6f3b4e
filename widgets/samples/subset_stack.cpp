#include "widgets/samples/subset_stack.h"

#include <algorithm>
#include <limits>

namespace modascope {

std::vector<StackedSubset> stacked(const SubsetOutputs& outputs, const StackRoom& room) {
  std::vector<StackedSubset> marks;
  for (const auto& [set, values] : outputs.each) marks.push_back({set, values.front(), {}});
  std::stable_sort(marks.begin(), marks.end(),
                   [](const auto& a, const auto& b) { return a.value < b.value; });
  std::vector<double> ends(room.rows, -std::numeric_limits<double>::infinity());
  for (StackedSubset& mark : marks) {
    const double left = room.placeOf(mark.value) - room.mark.width() / 2;
    const auto row =
        std::find_if(ends.begin(), ends.end(), [left](double end) { return end <= left; });
    if (row == ends.end()) continue;
    *row = left + room.mark.width();
    const auto above = static_cast<double>(row - ends.begin() + 1);
    mark.place = {{left, room.floor - above * room.mark.height()}, room.mark};
  }
  std::erase_if(marks, [](const StackedSubset& mark) { return mark.place.isEmpty(); });
  return marks;
}

}  // namespace modascope
