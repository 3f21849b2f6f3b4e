#include "app/window/help.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include "app/version/version.h"
#include "app/window/manual_window.h"

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Help", text);
}

void showText(QWidget* window, const QString& title, const QString& html) {
  auto* dialog = new QDialog(window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  auto* text = new QLabel(html, dialog);
  text->setTextFormat(Qt::RichText);
  text->setWordWrap(true);
  text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  text->setMinimumWidth(520);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  auto* layout = new QVBoxLayout(dialog);
  layout->addWidget(text);
  layout->addWidget(buttons);
  QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  dialog->open();
}

QString keyTable(const QList<QPair<QString, QString>>& keys) {
  QString rows;
  for (const auto& [key, words] : keys) {
    rows += QString("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>").arg(key, words);
  }
  return "<table cellspacing='3'>" + rows + "</table>";
}

}  // namespace

QMenu* makeHelpMenu(QWidget* window) {
  auto* menu = new QMenu(window);
  menu->addAction(tr("Manual (F1)"), window, [window] { showManual(window); });
  menu->addAction(tr("Keys and mouse (?)"), window, [window] { showShortcuts(window); });
  menu->addAction(tr("About Modascope"), window, [window] { showAbout(window); });
  return menu;
}

void showManual(QWidget* window, const QString& page) {
  auto* manual = window->findChild<ManualWindow*>();
  if (manual == nullptr) manual = new ManualWindow(window);
  if (!page.isEmpty()) manual->showPage(page);
  manual->show();
  manual->raise();
  manual->activateWindow();
}

void showShortcuts(QWidget* window) {
  showText(window, tr("Keys and mouse"),
           keyTable({{"Ctrl+R", tr("start, pause or go on with the run")},
                     {"Ctrl+.", tr("stop the run; it can be resumed")},
                     {"Alt+1 … Alt+8", tr("include or leave out a modality")},
                     {"Alt+0", tr("all modalities")},
                     {"Ctrl+Z, Ctrl+Shift+Z", tr("undo, redo: switches, intensity windows")},
                     {"1 … 8", tr("one modality alone (Esc: all); in All three: which one")},
                     {tr("left button"), tr("move the crosshair")},
                     {tr("right drag"), tr("zoom")},
                     {tr("Shift+right drag"), tr("intensity window")},
                     {"Ctrl+J", tr("automatic intensity window")},
                     {tr("middle drag, Alt+left"), tr("pan")},
                     {tr("wheel, Page Up/Down"), tr("next slice")},
                     {tr("arrows"), tr("one voxel")},
                     {"S", tr("overlay on or off")},
                     {"T", tr("prediction, expert's segmentation, difference")},
                     {"O", tr("regions as outlines")},
                     {"A, D", tr("opacity of the overlay")},
                     {"[  ]", tr("line of the wipe; of pictures: which class's errors")},
                     {"B", tr("of pictures: colour the first class, too")},
                     {"X", tr("crosshair on or off")},
                     {"R", tr("whole slice")},
                     {tr("3D: 1 … 6"), tr("anterior, posterior, left, right, superior, inferior")},
                     {tr("3D: R, H"), tr("all in view; outline of the body on or off")},
                     {"F1, ?", tr("the manual, this sheet")}}));
}

void showAbout(QWidget* window) {
  showText(window, tr("About Modascope"),
           tr("<h3>Modascope %1</h3>"
              "<p>Experiments with multimodal networks that must work when modalities are "
              "missing.</p>"
              "<p><b>Research use only.</b> Not a medical device; not for diagnosis or "
              "treatment.</p>"
              "<p>Nothing leaves this computer: the program uses no network.</p>"
              "<p>Free software under the GNU General Public License, version 3 or later. Built "
              "with Qt, LibTorch, ITK, VTK and QCustomPlot.</p>")
               .arg(programVersion()));
}

}  // namespace modascope
