// SPDX-License-Identifier: MIT
#include "gui/repeat_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace lavascope {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("lavascope::RepeatQuestion", text);
}

} // namespace

void askToRepeat(QWidget* asking, const QString& why, const std::function<void()>& send) {
    auto* box = new QMessageBox(asking);
    box->setObjectName(QStringLiteral("repeatQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(translated("Send again?"));
    box->setTextFormat(Qt::PlainText);
    box->setText(translated("Send the same request again?"));
    box->setInformativeText(why + QLatin1Char(' ') + translated("Sent again, it may be billed twice."));
    QPushButton* again = box->addButton(translated("Send again"), QMessageBox::AcceptRole);
    again->setObjectName(QStringLiteral("sendAgain"));
    QObject::connect(again, &QPushButton::clicked, asking, send);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    box->open();
}

} // namespace lavascope
