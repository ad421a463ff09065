using System.Text.Json;

namespace Lading.Aws.Ecs;

/// <summary>ecs:StopServiceDeployment: rolls the service back to the revision it was deployed from.</summary>
/// <param name="Deployment">An ARN.</param>
internal sealed record StopServiceDeployment(string Deployment) : EcsOperation<bool>
{
    public override string Attempted => $"Could not stop the deployment {Deployment}";

    /// <remarks>ECS answers these if the deployment has ended, or cannot be rolled back.</remarks>
    public override IReadOnlyCollection<string> Expected =>
        ["ConflictException", "ServiceDeploymentNotFoundException", "InvalidParameterException", "ClientException"];

    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteString("serviceDeploymentArn", Deployment);
        json.WriteString("stopType", "ROLLBACK");
    }

    protected override bool Read(JsonElement answer) => true;
}
