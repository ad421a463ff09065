using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Rollbacks;

/// <summary>Receives the steps of a rollback.</summary>
internal interface IRollbackProgress
{
    /// <summary>A template is being written to a bucket.</summary>
    void Uploading(string key, string bucket);

    /// <summary>A change set is being created.</summary>
    void Preparing(string changeSet);

    /// <summary>The change set does what was intended, and is about to be executed.</summary>
    void Executing(ChangeSet changeSet);

    /// <summary>
    /// The number of tasks of a service has changed since the plan was shown; the new number is kept.
    /// </summary>
    void Scaled(TaskCount count);

    /// <summary>CloudFormation has started to execute the change set.</summary>
    void Begun();

    /// <summary>CloudFormation has finished, successfully or not.</summary>
    void Ended(StackEvidence stack);

    /// <summary>A change set that will not be executed could not be deleted.</summary>
    /// <param name="changeSet">Its ARN.</param>
    /// <param name="problem">Why, as part of a sentence.</param>
    void Left(string changeSet, string problem);

    /// <summary>The update in progress is being cancelled.</summary>
    void Cancelling();

    /// <summary>ECS was asked to stop the deployment of a service.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="problem">Why it does not stop, as part of a sentence; null if it does.</param>
    void Stopping(string service, string? problem);

    /// <summary>The stack has a new event.</summary>
    void Happened(StackEvent stackEvent);

    /// <summary>CloudFormation has finished; from here on the deployments of ECS are watched.</summary>
    IVerificationProgress Verifying();

    /// <summary>The change set would do more than was intended, and is executed anyway.</summary>
    void Forced(IReadOnlyList<string> reasons);

    /// <summary>The rollback is no longer watched: it was cancelled or failed. What CloudFormation has begun goes on.</summary>
    /// <param name="stack">The stack's name.</param>
    void Unwatched(string stack);
}
