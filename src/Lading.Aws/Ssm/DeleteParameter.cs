using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ssm;

/// <summary>ssm:DeleteParameter: deletes it with all of its versions.</summary>
/// <param name="Parameter">Its name.</param>
internal sealed record DeleteParameter(string Parameter) : JsonOperation<bool>(AwsService.Ssm)
{
    public override string Attempted => $"Could not delete the parameter {Parameter}";

    public override IReadOnlyCollection<string> Expected => ["ParameterNotFound"];

    protected override void Write(Utf8JsonWriter json) => json.WriteString("Name", Parameter);

    protected override bool Read(JsonElement answer) => true;
}
