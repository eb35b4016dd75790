//! Unions of an overlay, and alternatives of a choice with constant discriminators.

use super::generated::members::types::*;
use discovery_runtime::json::{from_str, to_string};

#[test]
fn null_members_of_unions() {
    for text in [r#"{"price":null}"#, r#"{"swap":"a","price":null}"#, r#"{"price":null,"swap":null}"#] {
        let offer: Offer = from_str(text).unwrap();
        let (mut read, mut written): (Vec<char>, Vec<char>) =
            (text.chars().collect(), to_string(&offer).unwrap().chars().collect());
        read.sort_unstable();
        written.sort_unstable();
        assert_eq!(read, written);
    }
    let offer = Offer::new("t").set_price(5);
    assert_eq!(to_string(&offer.clone().set_price_null()).unwrap(), r#"{"price":null,"title":"t"}"#);
    assert_eq!(to_string(&offer.set_price_null().set_price(6)).unwrap(), r#"{"price":6,"title":"t"}"#);
    // A property of that name keeps its setter.
    assert_eq!(to_string(&Offer::new("t").set_swap_null(true)).unwrap(), r#"{"swap_null":true,"title":"t"}"#);
}

#[test]
fn constructors_set_discriminators_with_one_value() {
    for (payment, text) in [
        (Card::new("1").into(), r#"{"method":"card","number":"1"}"#),
        (Cash::new().into(), r#"{"method":"cash"}"#),
        // Two values select it.
        (Check::new("cheque").into(), r#"{"method":"cheque"}"#),
    ] {
        let payment: offer::Payment = payment;
        let offer = Offer::default().set_payment(payment);
        let text = format!(r#"{{"payment":{text}}}"#);
        assert_eq!(to_string(&offer).unwrap(), text);
        assert_eq!(from_str::<Offer>(&text).unwrap(), offer);
    }
}
