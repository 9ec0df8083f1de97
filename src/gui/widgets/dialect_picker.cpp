// SPDX-License-Identifier: MIT
#include "gui/widgets/dialect_picker.h"

#include "core/stream/stream_reader.h"
#include "gui/appearance.h"

#include <QActionGroup>
#include <QMenu>

namespace lavascope {

DialectPicker::DialectPicker(QWidget* parent)
    : QToolButton(parent) {
    setObjectName(QStringLiteral("dialect"));
    setTextRole(this, TextRole::Quiet);
    setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(this);
    auto* group = new QActionGroup(menu);
    const auto add = [&](const QString& text, const QString& dialect) {
        QAction* action = menu->addAction(text, this, [this, dialect] { Q_EMIT chosen(dialect); });
        action->setData(dialect);
        action->setCheckable(true);
        group->addAction(action);
    };
    add(tr("As it is recognised"), {});
    menu->addSeparator();
    for (const QString& name : dialectNames())
        add(name, name);
    setMenu(menu);
    showDialect({}, {});
}

void DialectPicker::showDialect(const QString& dialect, const QString& forced) {
    const QString shown = forced.isEmpty() ? dialect : tr("as %1").arg(forced);
    setHidden(shown.isEmpty());
    if (const QString text = shown + QStringLiteral(" ▾"); text != this->text()) {
        setText(text);
        setToolTip(tr("What the answer is read as. Another can be chosen."));
        setAccessibleName(forced.isEmpty() ? tr("Read as it is recognised: %1").arg(dialect)
                                           : tr("Read as was chosen: %1").arg(forced));
    }
    for (QAction* action : menu()->actions())
        action->setChecked(!action->isSeparator() && action->data().toString() == forced);
}

} // namespace lavascope
