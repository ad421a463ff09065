using Lading.Checking;
using Lading.Configuration;
using Lading.Oci;
using Lading.Processes;
using Lading.Running;
using Lading.Running.Verifying;
using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>Is told how far a deployment is.</summary>
internal interface IDeployProgress
{
    /// <summary>Images are published now: what is told of them.</summary>
    IPublishProgress BeginPublishing();

    /// <summary>A dry run found out what publishing would do.</summary>
    void Forecast(ShippingPlan plan, IReadOnlyList<PlannedImage> missing);

    /// <summary>Everything holds, and cdk is next.</summary>
    void Checked(EnvironmentDefinition environment, StackSelection selection, CheckReport report, CdkProgram cdk);

    /// <summary>Images that templates name were marked for deletion, and are kept where these credentials may.</summary>
    void Marked(IReadOnlyList<MarkedImage> images);

    /// <summary>A repository for image assets was created.</summary>
    void Created(RepositoryName repository);

    /// <summary>A command of cdk is started.</summary>
    void Calling(ProgramCall call);

    /// <summary>The services in these regions are watched from now on: who is told of them.</summary>
    IVerificationProgress BeginWatching(EnvironmentDefinition environment, IReadOnlyList<DeployRegion> regions);

    /// <summary>CloudFormation will reset services to the number of tasks that their template says.</summary>
    void Resetting(IReadOnlyList<TaskCount> counts);

    /// <summary>cdk was stopped while it deployed: what CloudFormation had begun goes on.</summary>
    void Stopped(EnvironmentDefinition environment);

    /// <summary>cdk failed or was cancelled, or the watching was, which the exception says too.</summary>
    void Failed(DeployOutcome outcome);
}
