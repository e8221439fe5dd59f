"""How are static files named once they are collected? By their content, imports between ES modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed names; `import "./x.js"` inside a module is rewritten, too."""

    support_js_module_import_aggregation = True
