#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace modascope {

/// What the window is asked to start with.
struct WindowRequest {
  std::optional<std::filesystem::path> data;
  std::optional<std::filesystem::path> settingsFile;
  bool reset = false;  ///< forget all settings first
  bool demo = false;   ///< the Demo page first, with `data` or what is embedded
  bool kiosk = false;  ///< and nothing else
};

/// `modascope [--settings-path FILE] [--reset] [FOLDER]` or `modascope demo [FILE] [--kiosk]`;
/// nothing when the arguments name a command or ask for the command line's help.
std::optional<WindowRequest> windowRequest(int argc, char** argv,
                                           bool (*isCommand)(std::string_view));

/// Opens the window, or says in one sentence on stderr why it cannot, and returns when it is
/// closed: the program's exit code.
int runWindow(int& argc, char** argv, const WindowRequest& request);

/// Whether a window can open.
bool hasDisplay();

}  // namespace modascope
