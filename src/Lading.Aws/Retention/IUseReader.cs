namespace Lading.Aws.Retention;

/// <summary>Reads one kind of use of images in an account and region.</summary>
internal interface IUseReader
{
    /// <summary>Adds the uses that it finds; what cannot be read is noted.</summary>
    Task ReadAsync(RegionFacts region, CancellationToken cancellationToken);
}
