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
    /// <param name="phase">The phase that it had reached.</param>
    /// <param name="isDry">Whether it was a dry run.</param>
    void CancelledIn(DeployPhase phase, bool isDry);

    /// <summary>cdk was stopped during a deployment: the operation in CloudFormation continues.</summary>
    void Stopped(EnvironmentDefinition environment);

    /// <summary>cdk or the watching failed or was cancelled; the exception says the same.</summary>
    void Failed(DeployOutcome outcome);
}

/// <summary>The phases of a deployment, in order.</summary>
internal enum DeployPhase
{
    /// <summary>Nothing was changed.</summary>
    Preparing,

    /// <summary>Images are being published; a publication that is cancelled reports by itself what it has done.</summary>
    Publishing,

    /// <summary>All images are published, and the lock is written.</summary>
    Published,

    /// <summary>cdk deploys.</summary>
    Deploying,
}
