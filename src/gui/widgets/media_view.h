// SPDX-License-Identifier: MIT
#pragma once

#include "core/stream/transcript.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace lavascope {

/// The pictures and sounds of an answer: pictures to look at, sounds to hear where this build plays any, each
/// with its type and size and a way to save it. Nothing is loaded from anywhere but the answer itself.
class MediaView : public QWidget {
    Q_OBJECT

public:
    explicit MediaView(QWidget* parent = nullptr);

    /// Draws them anew if they changed since the last time.
    void show(const std::vector<Media>& media);
    void clear() { show({}); }
    [[nodiscard]] bool isEmpty() const { return m_shown.empty(); }

Q_SIGNALS:
    void saveWanted(const QByteArray& bytes, const QString& suggestedName);

private:
    void addMedia(const Media& media, size_t number);

    QVBoxLayout* m_list;
    std::vector<Media> m_shown; ///< shares its bytes with the answer
};

} // namespace lavascope
