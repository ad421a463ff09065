using Lading.Running;
using Lading.Running.Evidence;
using Lading.Running.Verifying;

namespace Lading.Rollbacks;

/// <summary>Is told how far a rollback is.</summary>
internal interface IRollbackProgress
{
    /// <summary>A template is being written to a bucket.</summary>
    void Uploading(string key, string bucket);

    /// <summary>A change set is being made.</summary>
    void Preparing(string changeSet);

    /// <summary>A change set does what was meant, and is executed.</summary>
    void Executing(ChangeSet changeSet);

    /// <summary>A service runs another number of tasks than was shown, and keeps that.</summary>
    void Scaled(TaskCount count);

    /// <summary>CloudFormation has begun.</summary>
    void Begun();

    /// <summary>CloudFormation has come to its end, whatever that is.</summary>
    void Ended(StackEvidence stack);

    /// <summary>A change set that is not executed could not be deleted.</summary>
    /// <param name="changeSet">Its ARN.</param>
    /// <param name="problem">Why, as part of a sentence.</param>
    void Left(string changeSet, string problem);

    /// <summary>The update that is under way is being cancelled.</summary>
    void Cancelling();

    /// <summary>ECS was asked to stop the deployment of a service.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="problem">Why it does not, as part of a sentence; null if it does.</param>
    void Stopping(string service, string? problem);

    /// <summary>Something happened in the stack.</summary>
    void Happened(StackEvent happening);

    /// <summary>CloudFormation is done; what ECS makes of it is watched from here on.</summary>
    IVerificationProgress Verifying();

    /// <summary>The change set would do more than was meant, and is executed all the same.</summary>
    void Forced(IReadOnlyList<string> reasons);
}
