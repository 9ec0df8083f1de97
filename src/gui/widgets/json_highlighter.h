// SPDX-License-Identifier: MIT
#pragma once

#include <QSyntaxHighlighter>

namespace lavascope {

/// Colours names, strings, numbers and words of JSON, line by line. A hint for the eye, no judgement.
class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString& text) override;
};

} // namespace lavascope
