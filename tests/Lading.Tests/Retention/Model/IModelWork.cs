namespace Lading.Tests.Retention.Model;

/// <summary>Work that takes several calls, between which anything may happen.</summary>
internal interface IModelWork
{
    bool IsDone { get; }

    /// <summary>Makes the next call.</summary>
    void Advance();
}
