namespace Lading.Rollbacks;

/// <summary>Is shown what is about to happen, and says whether it may.</summary>
internal interface IRollbackConsent
{
    /// <summary>Whether the update that is under way may be cancelled.</summary>
    /// <param name="evidence">The stack and its past.</param>
    /// <param name="who">Who works on it; null if nothing tells.</param>
    bool MayCancel(RollbackEvidence evidence, string? who);

    /// <summary>Whether a plan without obstacles may be carried out.</summary>
    bool MayDeploy(RollbackPlan plan);

    /// <summary>An image that is marked for deletion could not be kept; what goes on does so without.</summary>
    void Unkept(string problem);
}
