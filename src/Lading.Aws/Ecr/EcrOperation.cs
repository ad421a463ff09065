using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Ecr;

/// <summary>An ECR operation, whose request names the registry's account.</summary>
/// <param name="RegistryId">The account of the registry; empty if the operation has no such member.</param>
internal abstract record EcrOperation<T>(string RegistryId) : JsonOperation<T>(AwsService.Ecr)
{
    protected sealed override void Write(Utf8JsonWriter json)
    {
        if (RegistryId.Length > 0)
        {
            json.WriteString("registryId", RegistryId);
        }

        WriteMembers(json);
    }

    /// <summary>Writes the other members of the request.</summary>
    protected abstract void WriteMembers(Utf8JsonWriter json);
}
