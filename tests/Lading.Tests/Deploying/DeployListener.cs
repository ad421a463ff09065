using Lading.Checking;
using Lading.Configuration;
using Lading.Deploying;
using Lading.Oci;
using Lading.Processes;
using Lading.Running;
using Lading.Running.Verifying;
using Lading.Shipping;
using Lading.Tests.Running;

namespace Lading.Tests.Deploying;

/// <summary>Records the calls of a deployment that publishes nothing.</summary>
internal sealed class DeployListener : IDeployProgress
{
    public List<string> Calls { get; } = [];

    public Onlooker Watch { get; } = new();

    public void Calling(ProgramCall call) => Calls.Add(call.ToString());

    public IPublishProgress BeginPublishing() => throw new NotSupportedException();

    public void Forecast(ShippingPlan plan, IReadOnlyList<PlannedImage> missing) => throw new NotSupportedException();

    public void Checked(
        EnvironmentDefinition environment,
        StackSelection selection,
        CheckReport report,
        CdkProgram cdk
    ) => throw new NotSupportedException();

    public IVerificationProgress BeginWatching(
        EnvironmentDefinition environment,
        IReadOnlyList<DeployRegion> regions
    ) => Watch;

    public void Resetting(IReadOnlyList<TaskCount> counts) { }

    public void Marked(IReadOnlyList<MarkedImage> images) => throw new NotSupportedException();

    public void Created(RepositoryName repository) => throw new NotSupportedException();

    public void Failed(DeployOutcome outcome) { }

    public void CancelledIn(DeployPhase phase, bool isDry) => throw new NotSupportedException();

    public void Stopped(EnvironmentDefinition environment) => throw new NotSupportedException();
}
