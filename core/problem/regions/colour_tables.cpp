#include "core/problem/regions/colour_tables.h"

#include <algorithm>
#include <cstdio>

#include "core/problem/regions/label_colours.h"

namespace modascope {
namespace {

/// A line break, or what `isBad` finds, would end a name.
template <typename Predicate>
std::string nameWithout(std::string name, Predicate isBad) {
  const auto ends = [&](unsigned char c) { return c < 0x20 || c == 0x7f || isBad(c); };
  std::replace_if(name.begin(), name.end(), ends, '_');
  return name;
}

std::string itkSnapNumbers(std::uint8_t value, const Colour& colour) {
  char text[64];
  std::snprintf(text, sizeof text, "%5u %5u %4u %4u     1    1   1  ", unsigned{value},
                unsigned{colour.red}, unsigned{colour.green}, unsigned{colour.blue});
  return text;
}

}  // namespace

std::string slicerColourTable(const RegionSchema& regions) {
  std::string table = "# Color table file\n0 Background 0 0 0 0\n";
  for (const Label& label : regions.labels()) {
    const Colour colour = colourOf(regions, label.value);
    table += std::to_string(label.value) + ' ' +
             nameWithout(label.name, [](unsigned char c) { return c == ' ' || c == '#'; }) + ' ' +
             std::to_string(colour.red) + ' ' + std::to_string(colour.green) + ' ' +
             std::to_string(colour.blue) + " 255\n";
  }
  return table;
}

std::string itkSnapLabelTable(const RegionSchema& regions) {
  std::string table =
      "################################################\n"
      "# ITK-SnAP Label Description File\n"
      "# File format:\n"
      "# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL\n"
      "################################################\n"
      "    0     0    0    0     0    0   0  \"Clear Label\"\n";
  for (const Label& label : regions.labels())
    table += itkSnapNumbers(label.value, colourOf(regions, label.value)) + '"' +
             nameWithout(label.name, [](unsigned char c) { return c == '"'; }) + "\"\n";
  return table;
}

}  // namespace modascope
