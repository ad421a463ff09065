using Lading.Retention.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>Receives the progress of reading evidence, which takes minutes in large accounts. Calls come from several threads.</summary>
internal interface IRetentionProgress
{
    /// <summary>Reports how many things of one kind were read so far.</summary>
    void Read(EvidenceCount count);
}
