using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.SageMaker;

/// <summary>sagemaker:ListModels: names, a hundred a page.</summary>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListModels(string? Next) : JsonOperation<AwsPage<string>>(AwsService.SageMaker)
{
    public override string Attempted => "Could not list the models of SageMaker";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("MaxResults", 100);
        if (Next is not null)
        {
            json.WriteString("NextToken", Next);
        }
    }

    protected override AwsPage<string> Read(JsonElement answer) =>
        new(
            [.. AwsJson.Items(answer, "Models").Select(model => model.GetProperty("ModelName").GetString()!)],
            answer.FindText("NextToken")
        );
}
