namespace Lading.Tests.Retention.Model;

/// <summary>What somebody does in several calls, between which anything may happen.</summary>
internal interface IModelWork
{
    bool IsDone { get; }

    /// <summary>Makes the next call.</summary>
    void Advance();
}
