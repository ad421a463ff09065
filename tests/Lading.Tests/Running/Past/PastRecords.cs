using Lading.Records;
using Lading.Testing.Cloud;

namespace Lading.Tests.Running.Past;

/// <summary>The record of a past in SSM; its versions have the times of SSM's clock.</summary>
/// <param name="aws">The account.</param>
/// <param name="past">The past.</param>
/// <param name="ssm">How far SSM's clock is ahead.</param>
internal sealed class PastRecords(TestAws aws, RandomPast past, TimeSpan ssm)
{
    private readonly int most = MostFor(past);

    /// <summary>The version that each write created, and after how many deletions, by the time of the write.</summary>
    public Dictionary<DateTimeOffset, (int Life, int Version)> Versions { get; } = [];

    /// <summary>How often the parameters were deleted.</summary>
    public int Life { get; private set; }

    public int VersionCount =>
        aws.Stacks.Parameters.TryGetValue(StackRecord.ParameterOf("Shop"), out var versions) ? versions.Count : 0;

    /// <summary>Somebody deletes the parameters, so that versions start again.</summary>
    public void Delete()
    {
        aws.Stacks.Parameters.Clear();
        Life++;
    }

    public void Write(DateTimeOffset at, IReadOnlyDictionary<string, string> images)
    {
        var parts = RecordWriter.Write(RecordOf(images), most);
        for (var part = parts.Count; part >= 1; part--)
        {
            var name = StackRecord.ParameterOf("Shop", part);
            if (!aws.Stacks.Parameters.TryGetValue(name, out var versions))
            {
                aws.Stacks.Parameters[name] = versions = [];
            }

            versions.Add((parts[part - 1], at + ssm));
        }

        Versions[at] = (Life, VersionCount);
    }

    private static StackRecord RecordOf(IReadOnlyDictionary<string, string> images) =>
        new(
            "prod",
            images.ToDictionary(
                each => each.Key.ToLowerInvariant(),
                each => new RecordedImage(
                    $"{PastServices.RepositoryOf(each.Key)}@{each.Value}",
                    [$"{each.Key}Task/app"]
                )
            )
        );

    /// <summary>The size of a parameter at which the record needs the intended number of parameters.</summary>
    private static int MostFor(RandomPast past)
    {
        var first = ((PastOperation)past.Items.MinBy(item => item.At)!).Images;
        var most = StackRecord.MostCharacters;
        while (RecordWriter.Write(RecordOf(first), most).Count < past.Parts)
        {
            most -= 20;
        }

        return most;
    }
}
