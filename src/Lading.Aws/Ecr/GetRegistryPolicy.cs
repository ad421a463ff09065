using System.Text.Json;

namespace Lading.Aws.Ecr;

/// <summary>ecr:GetRegistryPolicy: the policy of the caller's registry; empty if it has none.</summary>
internal sealed record GetRegistryPolicy() : EcrOperation<string>("")
{
    public override string Attempted => "Could not read the policy of the registry";

    public override IReadOnlyCollection<string> Expected => ["RegistryPolicyNotFoundException"];

    protected override void WriteMembers(Utf8JsonWriter json) { }

    protected override string Read(JsonElement answer) => answer.FindText("policyText") ?? "";
}
