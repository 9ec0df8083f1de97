// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace lavascope {

/// Follows JSON text one character at a time and knows where an object or array closes. It checks nothing
/// else, so it can find the end of a value that is still arriving.
class JsonBalance {
public:
    /// Whether this character closes the outermost object or array. Outside of one everything but an opening
    /// bracket is passed over.
    [[nodiscard]] bool closesWith(char16_t c) {
        if (m_depth == 0) {
            m_depth = c == u'{' || c == u'[' ? 1 : 0;
            return false;
        }
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == u'\\')
                m_escaped = true;
            else if (c == u'"')
                m_inString = false;
            return false;
        }
        if (c == u'"')
            m_inString = true;
        else if (c == u'{' || c == u'[')
            ++m_depth;
        else if (c == u'}' || c == u']')
            return --m_depth == 0;
        return false;
    }
    [[nodiscard]] qint64 depth() const { return m_depth; }
    [[nodiscard]] bool isOpen() const { return m_depth > 0; }

private:
    qint64 m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

} // namespace lavascope
