#include "core/demo/demo_html.h"

#include <zlib.h>

#include "core/base/error.h"
#include "core/demo/demo_facts.h"
#include "core/demo/demo_parts.h"
#include "core/demo/page_template.h"

namespace modascope {
namespace {

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string packed(size, '\0');
  const int outcome = compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                                reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
  if (outcome != Z_OK) throw Error("The page's pictures could not be packed.", Fault::System);
  packed.resize(size);
  return packed;
}

std::string base64(const std::string& bytes) {
  constexpr const char* kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t there = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8 | (k < there ? static_cast<std::uint8_t>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= there ? kLetters[three >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

/// In the order in which the page's script takes them.
std::string arraysOf(const DemoFacts& facts) {
  std::string all;
  const Demo& demo = facts.demo;
  for (const ModalityId id : demo.schema.ids())
    if (const auto& image = demo.images[id.index()])
      all += toGreyLevels(*image, *facts.scales[id.index()]);
  if (demo.truth) all += bytesOf(*demo.truth);
  for (const DemoNetwork& network : demo.networks) {
    for (const DemoAnswer& answer : network.answers) {
      all += bytesOf(*answer.labels);
      if (answer.strongest) all += bytesOf(*answer.strongest) + bytesOfMargins(*answer.margins);
    }
  }
  return all;
}

/// "<" could end the element that holds the text.
std::string withoutTags(std::string text) {
  for (auto at = text.find('<'); at != std::string::npos; at = text.find('<', at))
    text.replace(at, 1, "\\u003c");
  return text;
}

void put(std::string& page, const std::string& place, const std::string& text) {
  page.replace(page.find(place), place.size(), text);
}

}  // namespace

std::string demoHtml(const Demo& demo) {
  const DemoFacts facts = factsOf(demo, false);
  std::string page = kPageTemplate;
  put(page, "@DATA@", base64(deflated(arraysOf(facts))));  // has no "@" in it
  put(page, "@FACTS@", withoutTags(demoFactsText(facts)));
  return page;
}

}  // namespace modascope
