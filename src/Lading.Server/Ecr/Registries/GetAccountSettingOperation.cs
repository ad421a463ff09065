using System.Text.Json;

namespace Lading.Server.Ecr.Registries;

/// <summary>ecr:GetAccountSetting: the settings of the registry, which are fixed. Blobs are always mounted.</summary>
internal sealed class GetAccountSettingOperation : IEcrOperation
{
    public Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken)
    {
        var name = call.Input.Text("name", 1, 64);
        var value = name switch
        {
            "BLOB_MOUNTING" => "ENABLED",
            "BASIC_SCAN_TYPE_VERSION" => "AWS_NATIVE",
            "REGISTRY_POLICY_SCOPE" => "V2",
            _ => throw EcrException.Invalid("name", "must be the name of an account setting"),
        };
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteString("name", name);
            json.WriteString("value", value);
        });
    }
}
