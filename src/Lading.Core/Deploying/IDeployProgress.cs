using Lading.Checking;
using Lading.Configuration;
using Lading.Oci;
using Lading.Processes;
using Lading.Running;
using Lading.Running.Verifying;
using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>Receives the steps of a deployment.</summary>
internal interface IDeployProgress
{
    /// <summary>Publishing starts; returns the receiver of its steps.</summary>
    IPublishProgress BeginPublishing();

    /// <summary>A dry run determined what would be published.</summary>
    void Forecast(ShippingPlan plan, IReadOnlyList<PlannedImage> missing);

    /// <summary>Every check passed, and cdk is next.</summary>
    void Checked(EnvironmentDefinition environment, StackSelection selection, CheckReport report, CdkProgram cdk);

    /// <summary>
    /// Images in templates were marked for deletion, and are unmarked now as far as the credentials permit.
    /// </summary>
    void Marked(IReadOnlyList<MarkedImage> images);

    /// <summary>A repository for image assets was created.</summary>
    void Created(RepositoryName repository);

    /// <summary>A command of cdk starts.</summary>
    void Calling(ProgramCall call);

    /// <summary>Watching of the services in these regions starts; returns the receiver of its states.</summary>
    IVerificationProgress BeginWatching(EnvironmentDefinition environment, IReadOnlyList<DeployRegion> regions);

    /// <summary>CloudFormation will reset services to the task count in their template.</summary>
    void Resetting(IReadOnlyList<TaskCount> counts);

    /// <summary>It was cancelled before cdk deployed anything.</summary>
    /// <param name="isDry">Whether it was a dry run.</param>
    /// <param name="hasPublished">Whether the images had been published and the lock written.</param>
    void CancelledBefore(bool isDry, bool hasPublished);

    /// <summary>cdk was stopped during a deployment: the operation in CloudFormation continues.</summary>
    void Stopped(EnvironmentDefinition environment);

    /// <summary>cdk or the watching failed or was cancelled; the exception says the same.</summary>
    void Failed(DeployOutcome outcome);
}
