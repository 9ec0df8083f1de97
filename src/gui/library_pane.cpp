// SPDX-License-Identifier: MIT
#include "gui/library_pane.h"

#include "core/provider/provider_catalogue.h"

#include <QScrollBar>
#include <QSignalBlocker>

namespace lavascope {

namespace {

constexpr int pageRole = Qt::UserRole;
constexpr int providerRole = Qt::UserRole + 1;

} // namespace

LibraryPane::LibraryPane(const ProviderCatalogue& catalogue, QWidget* parent)
    : QListWidget(parent) {
    setObjectName(QStringLiteral("library"));
    setAccessibleName(tr("Places and providers"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    const QList<std::pair<Page, QString>> pages{
        {Page::Compose, tr("Compose")}, {Page::Decode, tr("Decode")}, {Page::Sandbox, tr("Sandbox")}};
    for (const auto& [page, text] : pages) {
        auto* item = new QListWidgetItem(text, this);
        item->setData(pageRole, int(page));
        item->setSizeHint(QSize(0, fontMetrics().height() + 14));
    }
    auto* heading = new QListWidgetItem(tr("Providers"), this);
    heading->setFlags(Qt::NoItemFlags);
    heading->setSizeHint(QSize(0, fontMetrics().height() + 22));
    heading->setTextAlignment(Qt::AlignLeft | Qt::AlignBottom);
    for (const Provider& provider : catalogue.providers()) {
        auto* item = new QListWidgetItem(provider.name, this);
        item->setData(providerRole, provider.id);
        item->setSizeHint(QSize(0, fontMetrics().height() + 8));
    }
    setCurrentRow(0);
    connect(this, &QListWidget::currentItemChanged, this, &LibraryPane::choose);
    connect(this, &QListWidget::itemClicked, this, &LibraryPane::choose);
    connect(this, &QListWidget::itemActivated, this, &LibraryPane::choose);
}

void LibraryPane::showPage(Page page) {
    const QSignalBlocker quiet(this);
    setCurrentRow(int(page));
}

QSize LibraryPane::minimumSizeHint() const {
    QFont chosen = font(); // as the chosen place is drawn
    chosen.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(chosen);
    int widest = 0;
    for (int row = 0; row < count() && !item(row)->data(providerRole).isValid(); ++row)
        widest = qMax(widest, metrics.horizontalAdvance(item(row)->text()));
    const int room = 2 * metrics.height(); // left and right of it
    return {widest + room + verticalScrollBar()->sizeHint().width(), QListWidget::minimumSizeHint().height()};
}

void LibraryPane::choose(QListWidgetItem* item) {
    if (!item)
        return;
    if (const QVariant page = item->data(pageRole); page.isValid())
        Q_EMIT pageChosen(Page(page.toInt()));
    else if (const QVariant provider = item->data(providerRole); provider.isValid())
        Q_EMIT providerChosen(provider.toString());
}

} // namespace lavascope
