namespace Lading.Bench;

/// <summary>A comparison of Lading with what a user would run instead.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>Prepares, measures, and returns its section of the results as Markdown.</summary>
    Task<string> RunAsync(Workplace place, CancellationToken cancellationToken);
}
