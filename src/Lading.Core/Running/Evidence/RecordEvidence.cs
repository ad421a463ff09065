using Lading.Records;

namespace Lading.Running.Evidence;

/// <summary>One version of a stack's record (docs/records.md).</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Version">The version of its parameter.</param>
/// <param name="WrittenAt">When CloudFormation wrote it.</param>
/// <param name="Record">The record.</param>
/// <param name="Source">The source of this fact.</param>
internal sealed record RecordEvidence(
    string Stack,
    long Version,
    DateTimeOffset WrittenAt,
    StackRecord Record,
    FactOrigin Source
);
