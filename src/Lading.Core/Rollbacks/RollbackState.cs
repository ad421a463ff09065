namespace Lading.Rollbacks;

/// <summary>The outcome of going back.</summary>
internal enum RollbackState
{
    /// <summary>What was asked for runs.</summary>
    Back,

    /// <summary>CloudFormation took it back: the stack is as before.</summary>
    Undone,

    /// <summary>CloudFormation could neither do it nor take it back.</summary>
    Failed,

    /// <summary>CloudFormation did it, and not every task runs it.</summary>
    NotRunning,
}
