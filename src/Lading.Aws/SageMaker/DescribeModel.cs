using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.SageMaker;

/// <summary>sagemaker:DescribeModel: the texts of its containers.</summary>
/// <param name="Model">Its name.</param>
internal sealed record DescribeModel(string Model) : JsonOperation<ResourceTexts>(AwsService.SageMaker)
{
    public override string Attempted => $"Could not look at the model {Model} of SageMaker";

    protected override void Write(Utf8JsonWriter json) => json.WriteString("ModelName", Model);

    protected override ResourceTexts Read(JsonElement answer) => ResourceTexts.Of(Model, answer);
}
