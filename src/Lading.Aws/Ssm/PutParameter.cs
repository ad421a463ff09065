using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ssm;

/// <summary>ssm:PutParameter of a string; returns its version.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Value">Up to 4,096 characters.</param>
/// <param name="Overwrite">Whether an existing one gets another version.</param>
internal sealed record PutParameter(string Parameter, string Value, bool Overwrite)
    : JsonOperation<long>(AwsService.Ssm)
{
    public override string Attempted => $"Could not write the parameter {Parameter}";

    public override IReadOnlyCollection<string> Expected => Overwrite ? [] : ["ParameterAlreadyExists"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("Name", Parameter);
        json.WriteString(nameof(Value), Value);
        json.WriteString("Type", "String");
        json.WriteBoolean(nameof(Overwrite), Overwrite);
    }

    protected override long Read(JsonElement answer) => answer.GetProperty("Version").GetInt64();
}
