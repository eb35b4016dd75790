//! Ways to the next page of a list.

/// Pagination of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// Way to the next page.
    pub next: NextPage,
    /// Property of the response that contains the items, if there is exactly one candidate; `None` for a response that
    /// is a list itself.
    pub items: Option<String>,
}

/// Way to the next page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The response has a token.
    Token {
        /// Parameter that takes it, `pageToken`.
        parameter: String,
        /// Property of the response with the token, after those that contain it: `meta`, `next_cursor`.
        property: Vec<String>,
    },
    /// The last item has the token.
    LastItem {
        /// Parameter that takes it, `starting_after`.
        parameter: String,
        /// Property of the items with the token, `id`.
        key: String,
        /// Property of the response that is true unless the page is the last one.
        more: String,
    },
    /// The header `link` of the response has the URL of the page.
    Link,
    /// A parameter takes the number of the page.
    Number {
        /// Parameter that takes the number, `page`.
        parameter: String,
        /// Parameter that takes the number of items of a page, `per_page`.
        size: Option<String>,
    },
    /// A parameter takes the number of items before the page.
    Offset {
        /// Parameter that takes the number, `offset`.
        parameter: String,
        /// Parameter that takes the number of items of a page, `limit`.
        size: Option<String>,
    },
}

impl NextPage {
    /// Returns the parameter that selects the page.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Token { parameter, .. }
            | Self::LastItem { parameter, .. }
            | Self::Number { parameter, .. }
            | Self::Offset { parameter, .. } => Some(parameter),
            Self::Link => None,
        }
    }
}
