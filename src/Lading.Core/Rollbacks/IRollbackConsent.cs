namespace Lading.Rollbacks;

/// <summary>Shows the user what is about to happen, and asks for consent.</summary>
internal interface IRollbackConsent
{
    /// <summary>Asks whether to cancel the update in progress.</summary>
    /// <param name="evidence">The stack and its history.</param>
    /// <param name="who">Who holds the lease of the stack; null if that is unknown.</param>
    bool MayCancel(RollbackEvidence evidence, string? who);

    /// <summary>Asks whether to carry out a plan without obstacles.</summary>
    bool MayDeploy(RollbackPlan plan);

    /// <summary>
    /// Reports that an image marked for deletion could not be kept; the rollback continues nevertheless.
    /// </summary>
    void Unkept(string problem);
}
