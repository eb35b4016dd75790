//! Prints the requests that tune a model.

/// Bindings that `build.rs` generates, of which this program uses a few.
#[allow(dead_code)]
mod tuning {
    include!(concat!(env!("OUT_DIR"), "/generativelanguage.v1beta.rs"));
}

use tuning::Client;
use tuning::types::{Dataset, Hyperparameters, TunedModel, TuningExample, TuningExamples, TuningTask};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let examples =
        TuningExamples::default().set_examples([TuningExample::default().set_text_input("1").set_output("2")]);
    let task = TuningTask::default()
        .set_hyperparameters(Hyperparameters::default().set_epoch_count(5).set_learning_rate(0.001))
        .set_training_data(Dataset::default().set_examples(examples));
    let model = TunedModel::default()
        .set_display_name("number generator")
        .set_base_model("models/gemini-1.5-flash-001-tuning")
        .set_tuning_task(task);
    let models = Client::new().tuned_models();
    let requests = [
        models.create(model).request()?,
        models.get("tunedModels/number-generator").request()?,
        models.list().with_page_size(10).request()?,
    ];
    for request in requests {
        println!("{} {} {}", request.method(), request.uri(), String::from_utf8_lossy(request.body()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::tuning::types::TunedModel;

    #[test]
    fn unknown_fields_are_kept() {
        let text = r#"{"name":"tunedModels/a","brandNew":[1]}"#;
        let model: TunedModel = discovery_runtime::json::from_str(text).unwrap();
        assert_eq!(discovery_runtime::json::to_string(&model).unwrap(), text);
    }
}
