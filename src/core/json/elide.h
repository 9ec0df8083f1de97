// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/finding.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace lavascope::json {

/// A string of which an elided text shows only the beginning.
struct ElidedString {
    QString path;      ///< where it is, e.g. `data[0].b64_json`; empty at the top
    ByteRange shown;   ///< in the elided text, with its quotes
    ByteRange written; ///< in the source, between its quotes and still escaped
};

/// A JSON text made short enough to look at.
struct ElidedText {
    QByteArray text;
    std::vector<ElidedString> strings; ///< in the order of the text
    bool isWhole = true;               ///< false: the end is left out as well
};

/// How much of a JSON text is shown, in bytes.
struct ElideLimits {
    qsizetype longString = 4 * 1024; ///< a string longer than this is elided
    qsizetype beginning = 48;        ///< this much of an elided string is shown
    qsizetype text = 256 * 1024;     ///< of the source, with elided strings as they are shown
};

/// Indents JSON as prettyPrint() does, with long strings as `"iVBORw0… 1.3 MB …"`. Goes through its source in
/// steps, because one string alone may hold more than can be looked at at once. What is no JSON is shown as
/// it is.
class ElidedPrint {
public:
    /// The source must outlive this.
    explicit ElidedPrint(QByteArrayView source, ElideLimits limits = {});

    /// Looks at about this many more bytes; true if there are more to look at.
    bool advance(qsizetype bytes);
    /// To be asked once advance() has said that there is no more. Takes time for what is shown only.
    [[nodiscard]] ElidedText result() const;

private:
    /// A string that was shortened, between its quotes: in the source, and where it begins in m_short.
    struct Shortened {
        ByteRange written;
        qint64 begin = 0;
    };
    [[nodiscard]] bool isFull() const { return m_short.size() >= m_limits.text; }
    [[nodiscard]] bool isDone() const { return m_at >= m_source.size() || isFull(); }
    void takeOutside(qsizetype until);
    void takeString(qsizetype until);
    void endString(qsizetype quote);

    QByteArrayView m_source;
    ElideLimits m_limits;
    qsizetype m_at = 0;
    qsizetype m_string = -1; ///< where the string that m_at stands in begins, after its quote
    QByteArray m_short;      ///< the source with the beginnings of its long strings
    std::vector<Shortened> m_shortened;
};

/// All of it at once.
[[nodiscard]] ElidedText elidedPrint(QByteArrayView source, ElideLimits limits = {});

} // namespace lavascope::json
