using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>Is told how the reading of evidence goes, which takes minutes in large accounts. Calls come from several threads.</summary>
internal interface IRetentionProgress
{
    /// <summary>So many of a kind were read by now.</summary>
    void Read(EvidenceCount count);
}
