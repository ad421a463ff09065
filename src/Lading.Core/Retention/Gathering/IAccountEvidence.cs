using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>Evidence from accounts that were opened for it.</summary>
internal interface IAccountEvidence : IRetentionEvidence, IDisposable;
