#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modascope {

/// How the losses of the subsets become one step. `GradientMethod` takes it.
struct MethodFacts {
  std::string_view name;   ///< train.method
  std::string_view words;  ///< what it does, to follow its name
  bool decouples = false;  ///< needs every subset's own gradient, of parameters that they share
  bool dropsModalities = false;  ///< each case is shown with one subset, drawn for it
};

const std::vector<MethodFacts>& gradientMethods();
/// Throws `Error` naming those that there are.
const MethodFacts& gradientMethodNamed(std::string_view name);
/// "joint takes …; gmd takes …."
std::string wordsOnGradientMethods();

}  // namespace modascope
