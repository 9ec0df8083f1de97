// SPDX-License-Identifier: MIT
#include "gui/link_question.h"

#include "core/markdown/link_address.h"
#include "gui/clipboard.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

namespace lavascope {

namespace {

constexpr qsizetype longestShown = 600;

QString translated(const char* text) {
    return QCoreApplication::translate("lavascope::LinkQuestion", text);
}

QString questionFor(const markdown::LinkAddress& link) {
    QString shown = link.shown.left(longestShown);
    if (shown.size() < link.shown.size())
        shown += QStringLiteral("…");
    if (!link.canBeOpened())
        return translated("This address does not lead to the web, so it is not opened:\n\n%1").arg(shown);
    QString question =
        translated("The link leads to this host:\n\n%1\n\nThe whole address:\n%2").arg(link.host, shown);
    if (link.isDisguised)
        question += QStringLiteral("\n\n") +
                    translated("Take care: the address does not look like the host that it leads to.");
    return question;
}

} // namespace

void askAboutLink(QWidget* window, const QString& address) {
    const markdown::LinkAddress link = markdown::inspectLink(address);
    auto* box = new QMessageBox(window);
    box->setObjectName(QStringLiteral("linkQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(link.isDisguised || !link.canBeOpened() ? QMessageBox::Warning : QMessageBox::Question);
    box->setWindowTitle(translated("Open a link"));
    box->setTextFormat(Qt::PlainText);
    box->setText(questionFor(link));
    QPushButton* copy = box->addButton(translated("Copy address"), QMessageBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyLink"));
    QObject::connect(copy, &QPushButton::clicked, box, [address] { copyText(address); });
    if (link.canBeOpened()) {
        QPushButton* open = box->addButton(translated("Open in browser"), QMessageBox::ActionRole);
        open->setObjectName(QStringLiteral("openLink"));
        QObject::connect(open, &QPushButton::clicked, box,
                         [url = link.url] { QDesktopServices::openUrl(QUrl(url, QUrl::StrictMode)); });
    }
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    box->open();
}

} // namespace lavascope
