using System.Globalization;
using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ssm;

/// <summary>ssm:GetParameter.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Version">The version; null for the newest.</param>
internal sealed record GetParameter(string Parameter, long? Version) : JsonOperation<ParameterVersion>(AwsService.Ssm)
{
    public override string Attempted => $"Could not read the parameter {Parameter}";

    public override IReadOnlyCollection<string> Expected => ["ParameterNotFound", "ParameterVersionNotFound"];

    protected override void Write(Utf8JsonWriter json) =>
        json.WriteString(
            "Name",
            Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"{Parameter}:{version}") : Parameter
        );

    protected override ParameterVersion Read(JsonElement answer) =>
        ParameterVersion.Read(answer.GetProperty("Parameter"u8));
}
