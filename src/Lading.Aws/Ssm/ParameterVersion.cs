using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ssm;

/// <summary>A parameter at one version.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Version">Counted from 1.</param>
/// <param name="WrittenAt">When it was written.</param>
internal sealed record ParameterVersion(string Name, string Value, long Version, DateTimeOffset WrittenAt)
{
    public static ParameterVersion Read(JsonElement parameter) =>
        new(
            parameter.GetProperty(nameof(Name)).GetString()!,
            parameter.FindText("Value") ?? "",
            parameter.GetProperty(nameof(Version)).GetInt64(),
            AwsJson.Time(parameter, "LastModifiedDate")
        );
}
