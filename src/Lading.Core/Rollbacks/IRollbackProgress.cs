using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>Is told how far a rollback is.</summary>
internal interface IRollbackProgress
{
    /// <summary>A change set is being made.</summary>
    void Preparing(string changeSet);

    /// <summary>A change set does what was meant, and is executed.</summary>
    void Executing(ChangeSet changeSet);

    /// <summary>The update that is under way is being cancelled.</summary>
    void Cancelling();

    /// <summary>Something happened in the stack.</summary>
    void Happened(StackEvent happening);

    /// <summary>CloudFormation is done; the tasks are looked at.</summary>
    void Verifying();

    /// <summary>The change set would do more than was meant, and is executed all the same.</summary>
    void Forced(IReadOnlyList<string> reasons);
}
