using System.Text.Json;
using Lading.Oci;

namespace Lading.Aws.Ecr;

/// <summary>ecr:PutImageTagMutability: changes which tags may move, and answers what holds now.</summary>
internal sealed record PutImageTagMutability(string RegistryId, RepositoryName Repository, RepositorySettings Settings)
    : EcrOperation<RepositorySettings>(RegistryId)
{
    public override string Attempted => $"Could not change which tags of {Repository} may move";

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("repositoryName", Repository.Value);
        TagRules.Write(json, Settings);
    }

    protected override RepositorySettings Read(JsonElement answer) => TagRules.Read(answer);
}
