#pragma once

#include <QKeySequence>
#include <QObject>
#include <QString>
#include <functional>
#include <optional>
#include <vector>

#include "app/work/run_survey.h"

class QWidget;

namespace modascope {

class AppSettings;
class Session;

/// What the window needs to know of a page: its tab, what it shows, and what it answers to. A page
/// is made before its window is shown and goes before the window's widgets do. GUI thread.
class Page : public QObject {
  Q_OBJECT

 public:
  /// A key that works whichever page is in front.
  struct Key {
    QKeySequence keys;
    std::function<void()> action;
  };
  /// Something of the page's in the status bar: at the left while the page is in front, or at the
  /// right all the time.
  enum class StatusPlace { WhileInFront, Always };
  struct StatusPart {
    QWidget* widget;
    StatusPlace place;
  };
  /// Asked before the window closes on what is going on.
  struct ClosingQuestion {
    QString title, sentence;
    QString stop, keep;  ///< the two answers
  };

  /// By which the window and tests find it: "inspect".
  virtual QString key() const = 0;
  /// On its tab, with the letter that leads to it: "&Inspect".
  virtual QString title() const = 0;
  virtual QWidget* widget() const = 0;

  /// It came to the front.
  virtual void activate() {}
  /// The window opened, and was asked to open `named` first. By default the page does if it can.
  virtual void begin(const std::optional<NamedPath>& named) {
    if (named) open(*named);
  }
  /// Whether this is what the page opens; if so it does. What it is not for is offered to the next.
  virtual bool open(const NamedPath& /*named*/) { return false; }

  virtual std::vector<Key> keys() { return {}; }
  virtual std::vector<StatusPart> statusParts() const { return {}; }

  /// Something went wrong where nothing was to go wrong, while the page was in front.
  virtual void showFault(const QString& /*sentence*/) {}
  /// Takes note of it, in front or not.
  virtual void log(const QString& /*sentence*/) {}

  /// How things are looked at, from the last session and for the next.
  virtual void restore(const AppSettings& /*settings*/) {}
  virtual void store(AppSettings& /*settings*/) const {}

  /// Nothing when the window may close.
  virtual std::optional<ClosingQuestion> closingQuestion() const { return std::nullopt; }
  /// Ends what is going on as soon as it may be ended; `stopped` follows.
  virtual void stop() {}

 Q_SIGNALS:
  /// There is something to look at on this page.
  void frontRequested();
  /// Somebody chose what another page opens.
  void openRequested(const std::filesystem::path& path);
  void stopped();

 protected:
  using QObject::QObject;
};

/// What a page is made with.
struct PagePlace {
  Session& session;
  AppSettings& settings;
  QWidget* window;  ///< parent of its widgets
};
using PageMaker = std::function<std::unique_ptr<Page>(const PagePlace&)>;

}  // namespace modascope
