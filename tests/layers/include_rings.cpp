#include "tests/layers/include_rings.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "tests/layers/include_lines.h"

namespace modascope::layers {
namespace {

using Graph = std::map<std::string, std::set<std::string>>;

std::string moduleOf(const std::string& file) {
  return file.substr(0, file.rfind('.'));
}

Graph graphOf(const Sources& sources) {
  Graph graph;
  for (const auto& [file, text] : sources) {
    std::set<std::string>& targets = graph[moduleOf(file)];
    for (const IncludeLine& include : includeLines(text))
      if (sources.count(include.target) != 0 && moduleOf(include.target) != moduleOf(file))
        targets.insert(moduleOf(include.target));
  }
  return graph;
}

/// What a module leads to, and from which one each was reached first.
std::map<std::string, std::string> reachedFrom(const Graph& graph, const std::string& start) {
  std::map<std::string, std::string> before;
  std::deque<std::string> next{start};
  while (!next.empty()) {
    const std::string at = next.front();
    next.pop_front();
    for (const std::string& target : graph.at(at))
      if (before.emplace(target, at).second) next.push_back(target);
  }
  return before;
}

/// A shortest way from `start` back to itself.
std::string wayRound(const std::map<std::string, std::string>& before, const std::string& start) {
  std::string words = start;
  std::string at = start;
  do {
    at = before.at(at);
    words = at + " → " + words;
  } while (at != start);
  return words;
}

}  // namespace

std::vector<IncludeRing> includeRings(const Sources& sources) {
  const Graph graph = graphOf(sources);
  std::map<std::string, std::map<std::string, std::string>> reached;
  for (const auto& [module, targets] : graph) reached[module] = reachedFrom(graph, module);
  std::vector<IncludeRing> rings;
  std::set<std::string> told;
  for (const auto& [module, before] : reached) {
    if (before.count(module) == 0 || told.count(module) != 0) continue;
    IncludeRing ring{{}, wayRound(before, module)};
    for (const auto& [other, from] : before)
      if (reached.at(other).count(module) != 0) ring.modules.push_back(other);
    told.insert(ring.modules.begin(), ring.modules.end());
    rings.push_back(std::move(ring));
  }
  return rings;
}

}  // namespace modascope::layers
