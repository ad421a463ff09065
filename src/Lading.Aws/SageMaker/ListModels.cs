using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.SageMaker;

/// <summary>sagemaker:ListModels: names, a hundred a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListModels(string? Next) : JsonListing<string>(AwsService.SageMaker, "Models", "NextToken", Next)
{
    public override string Attempted => "Could not list the models of SageMaker";

    protected override void WriteOthers(Utf8JsonWriter json) => json.WriteNumber("MaxResults", 100);

    protected override string ReadItem(JsonElement item) => item.GetProperty("ModelName").GetString()!;
}
