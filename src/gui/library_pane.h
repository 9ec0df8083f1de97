// SPDX-License-Identifier: MIT
#pragma once

#include <QListWidget>

namespace lavascope {

class ProviderCatalogue;

/// The left column: the places of the window, and the providers to start a request for.
class LibraryPane : public QListWidget {
    Q_OBJECT

public:
    enum class Page { Compose, Decode, Sandbox };

    explicit LibraryPane(const ProviderCatalogue& catalogue, QWidget* parent = nullptr);

    void showPage(Page page);
    /// The names of the places are whole, however large the text is.
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pageChosen(lavascope::LibraryPane::Page page);
    void providerChosen(const QString& id);

private:
    void choose(QListWidgetItem* item);
};

} // namespace lavascope
